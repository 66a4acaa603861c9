import type { Fix } from "./fix.ts";

/** What the first requests of a run prove, beside the results of its checks. */
export interface Diagnosis {
	/** Why no check can learn anything. */
	stop?: { id: string; text: string; fix: Fix };
	/** The certificate is not trusted, so that nothing is sent. */
	untrusted?: true;
	/** A delivery was answered by something other than a missing route. */
	hasDeliveryRoute?: boolean;
	/** Well-signed deliveries are not answered in time. */
	slowDeliveries?: boolean;
	/** The header read instead of X-Hub-Signature-256. */
	signatureHeader?: string | undefined;
}
