/** The longest that one claim may take; whatever it hurts is undone after that in any case. */
export const claimMsMax = 420_000;
