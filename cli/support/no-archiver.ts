/** Stands in for the zip library of cdktf: see the alias in build/bundle.mjs. */
export default function archiver(): never {
  throw new Error(
    "AssetType.ARCHIVE can't be used in a bundle; use AssetType.DIRECTORY (docs/decisions/0004)",
  );
}
