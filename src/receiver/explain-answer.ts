/**
 * The likely cause of a receiver's answer to a delivery, for the developer who
 * looks at it; nothing when it took the delivery.
 */
export function explainAnswer(
	status: number,
	body: string,
): string | undefined {
	if (status === 200) return undefined;
	if (status > 200 && status < 300)
		return `Meta's documents ask for 200; ${status} may be taken as a failure`;
	if (status >= 300 && status < 400)
		return "redirects are not followed: answer at the callback URL itself";
	if (status >= 500) return serverError(status, body);
	return causes[status] ?? "a receiver answers 200 to every delivery it takes";
}

const causes: Record<number, string> = {
	400: "does your app verify the raw bytes? A body that was parsed and printed again has another signature",
	401: "the signature was refused: is the app secret the same on both sides, and is it checked over the raw bytes?",
	403: "the signature was refused, or the route is protected by a login or a firewall",
	404: "nothing answers at this path: is it the webhook route?",
	405: "the route does not take POST",
	413: "the body is over the receiver's limit; Meta's batches reach hundreds of kilobytes",
	415: "the route does not take application/json",
	429: "the receiver limits its callers; Meta delivers in bursts",
};

function serverError(status: number, body: string): string {
	const lines = firstLines(body);
	return lines
		? `the receiver failed: ${lines}`
		: `the receiver failed with ${status}: look at its log`;
}

/** The first lines of a text, or of the stack that a framework's error page shows. */
function firstLines(body: string): string {
	const [, shown] = /<pre>(.*?)<\/pre>/s.exec(body.slice(0, 10_000)) ?? [];
	const text = shown
		? shown.replace(/<br\s*\/?>/g, "\n").replace(/&nbsp;/g, " ")
		: body.slice(0, 10_000).trim();
	if (text.startsWith("<")) return "";
	return text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean)
		.slice(0, 3)
		.map((line) => line.slice(0, 200))
		.join(" | ");
}
