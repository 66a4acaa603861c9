import type { Sandbox } from "./context.ts";

/** A new Instagram id: 17 digits, as those of Meta's documents. */
export function newId({ world }: Sandbox): string {
	return `17${randomDigits(world.randomBytes, 15)}`;
}

/** The id of a reply; the first one is the id Meta's documents print. */
export function newReplyId(sandbox: Sandbox): string {
	const { firstReplyId } = sandbox.state;
	delete sandbox.state.firstReplyId;
	return firstReplyId ?? newId(sandbox);
}

/** A token as Meta's look. @param prefix `EAA` or `IGAA` */
export function newTokenValue(
	{ world }: Pick<Sandbox, "world">,
	prefix: string,
): string {
	return `${prefix}${Buffer.from(world.randomBytes(24)).toString("hex")}`;
}

/** That many random decimal digits, at most 15. */
export function randomDigits(
	randomBytes: (count: number) => Uint8Array,
	count: number,
): string {
	const drawn = Buffer.from(randomBytes(8)).readBigUInt64BE();
	return String(drawn % 10n ** BigInt(count)).padStart(count, "0");
}
