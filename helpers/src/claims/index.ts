export type { ClaimRecord, Tolerance, Verdict } from "./ClaimRecord.ts";
export { Claim, type ClaimInput, claim, claimMimeType } from "./claim.ts";
export { type ClaimsTable, claimsTable } from "./claimsTable.ts";
export { formatClaimValue } from "./formatClaimValue.ts";
export { type ReferenceFit, referenceClaims } from "./referenceClaims.ts";
