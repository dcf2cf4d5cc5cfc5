const MAX_STYLE = 4000;
const HIDING: readonly RegExp[] = [
  /(?:^|;)display:none\b/,
  /(?:^|;)visibility:(?:hidden|collapse)\b/,
  /(?:^|;)mso-hide:all\b/,
  /(?:^|;)opacity:0?\.?0*(?:;|!|$)/,
  /(?:^|;)font-size:(?:0(?:\.\d{1,9})?(?:px|pt|%)?|0?\.0\d{0,9}r?em|0r?em|1(?:\.\d{1,9})?(?:px|pt|%))(?:;|!|$)/,
  /(?:^|;)(?:max-)?(?:height|width):0(?:px)?(?:;|!|$)/,
  /(?:^|;)text-indent:-\d{3,}/,
];
const NAMED: Record<string, string> = { white: '#ffffff', black: '#000000' };

/** Whether an element, by its own attributes, is there without being seen: not shown, of no size, or in the colour of its ground. */
export function hidesItself({ style = '', hidden }: Record<string, string>): boolean {
  if (hidden !== undefined) return true;
  const rules = style.slice(0, MAX_STYLE).replace(/\s/g, '').toLowerCase();
  if (rules === '') return false;
  if (HIDING.some((rule) => rule.test(rules))) return true;
  const ink = colour(/(?:^|;)color:([^;!]{1,40})/.exec(rules)?.[1]);
  const ground = colour(/(?:^|;)background(?:-color)?:([^;!]{1,40})/.exec(rules)?.[1]);
  return ink !== null && (ink === ground || ink === 'transparent');
}

function colour(written: string | undefined): string | null {
  if (written === undefined) return null;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(written);
  return short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : (NAMED[written] ?? written);
}
