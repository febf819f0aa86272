export type { ClaimRecord, Evidence, Tolerance, Verdict } from "./ClaimRecord.ts";
export type { ClaimRow, SharedByRows } from "./ClaimRow.ts";
export { Claim, type ClaimInput, claim, claimMimeType } from "./claim.ts";
export { type ClaimsTable, claimsTable } from "./claimsTable.ts";
export { formatClaimValue } from "./formatClaimValue.ts";
export { type ReferenceFit, referenceClaims } from "./referenceClaims.ts";
export { type RoundingOptions, roundingSpread } from "./roundingSpread.ts";
