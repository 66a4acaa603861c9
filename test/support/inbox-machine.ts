import type { Handler } from "../../src/http.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { createMachine, type Machine } from "./memory-world.ts";
import { igUserId, sandboxWorld } from "./sandbox-world.ts";

/** Meta's own example: a comment that mentions bluebottle, on media whose caption does too. */
export const commentMention = {
	field: "mentions",
	value: { media_id: "17918195224117851", comment_id: "17894227972186120" },
};
export const captionMention = {
	field: "mentions",
	value: { media_id: "17918195224117851" },
};
/** A comment on bluebottle's own picture. */
export const ownMediaComment = {
	field: "comments",
	value: {
		from: { id: "2817305946120738", username: "duncan.macleod" },
		media: { id: "17955061238374021", media_product_type: "FEED" },
		id: "17870913679156914",
		text: "Which beans are these?",
	},
};
/** A comment on a picture of bluebottle's album. */
export const albumComment = {
	field: "comments",
	value: {
		from: { id: "1640532879364215", username: "highlander.films" },
		media: { id: "17846310592271197", media_product_type: "FEED" },
		id: "17858304291647035",
		text: "The second one, framed, please",
	},
};

/** A machine with a sandbox whose world the test sees, and what it received. */
export async function inboxMachine(changes: readonly object[] = []) {
	const machine = createMachine({ IGWH_SANDBOX: "1" });
	const { world, receivers } = sandboxWorld();
	const { handler, state } = createSandbox({ ...world, clock: machine.clock });
	receivers.set("http://127.0.0.1:7300", (request) =>
		requireHandler(machine.handlers.get("http://127.0.0.1:7300"))(request),
	);
	await machine.serve(handler, { port: 7302, maxBodyBytes: 1 << 20 });
	if (changes.length > 0) await receive(machine, changes);
	machine.sent.length = 0;
	/** What bluebottle said, oldest first. */
	const said = () =>
		[...state.comments.values()]
			.filter(({ author }) => author.id === igUserId)
			.map(({ text }) => text);
	return { ...machine, state, said };
}

function requireHandler(server: { handler: Handler } | undefined): Handler {
	if (!server) throw new Error("nothing listens on port 7300");
	return server.handler;
}

/** Receives changes in one delivery. */
export async function receive(
	machine: Pick<Machine, "run" | "start">,
	changes: readonly object[],
	account: string = igUserId,
): Promise<void> {
	const listener = await machine.start("igwh listen --port 0");
	await listener.until("Listening");
	const payload = {
		object: "instagram",
		entry: [{ id: account, time: 1_760_000_000, changes }],
	};
	const { code, err } = await machine.run("igwh replay -", {
		stdin: JSON.stringify(payload),
	});
	await listener.stop();
	if (code !== 0) throw new Error(err);
}
