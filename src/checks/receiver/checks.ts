import type { Check } from "../check.ts";
import { deliveryChecks } from "./delivery.ts";
import { handshakeChecks } from "./handshake.ts";
import { signatureChecks } from "./signature.ts";

/** Every check, in the order they run. */
export const checks: readonly Check[] = [
	...handshakeChecks,
	...signatureChecks,
	...deliveryChecks,
];
