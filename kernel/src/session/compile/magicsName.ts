/** Under this name translated magics find what does their work; hidden from the user as all names that begin so. */
export const magicsName = "__isoflop_magics";
