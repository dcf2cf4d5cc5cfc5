/** What the tiles and the preview know of a file. */
export interface FileFacts {
  readonly name: string;
  readonly mimeType: string;
}

/** File types that can act when they are opened, or hold such. */
const DANGEROUS =
  /\.(?:exe|scr|com|bat|cmd|pif|cpl|msi|msix|appx|dll|js|jse|mjs|vbs|vbe|wsf|wsh|hta|ps1|psm1|sh|py|jar|apk|dmg|pkg|deb|rpm|lnk|url|desktop|iso|img|vhdx?|reg|inf|chm|xll|ade|adp|mdb|accdb|one|html?|xhtml|mht|mhtml|svg|xml|xsl|docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|zip|rar|7z|gz|tgz|bz2|xz|tar|cab|ace)\.{0,9}$/i;
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/;
const TEXT = /\.(?:txt|log|csv|tsv|md|json|ya?ml|ini|conf|diff|patch)$/i;

/** Whether a file can act when it is opened. Blanks and dots at the end of a name do not hide its type. */
export function isDangerous({ name }: FileFacts): boolean {
  return DANGEROUS.test(name.replace(/\s/g, ''));
}

/** How a file may be looked at here: only as one of four kinds of picture, or as plain letters. Null: it is downloaded. */
export function previewOf(file: FileFacts): 'picture' | 'text' | null {
  if (isDangerous(file)) return null;
  if (PICTURE.test(file.mimeType)) return 'picture';
  return TEXT.test(file.name) || file.mimeType === 'text/plain' ? 'text' : null;
}
