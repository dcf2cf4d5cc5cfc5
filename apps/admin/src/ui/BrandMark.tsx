/** The mark of the product. */
export function BrandMark() {
  return <img src="/icon.svg" alt="" width={26} height={26} />;
}
