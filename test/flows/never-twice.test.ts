import { describe, expect, test } from "vitest";
import { type Failure, failingWorld } from "../support/failing-world.ts";
import {
	captionMention,
	commentMention,
	inboxMachine,
	ownMediaComment,
} from "../support/inbox-machine.ts";

const answer = "Challenge accepted!";
const targets = {
	"a comment mention": {
		change: commentMention,
		flags: "--comment-id 17894227972186120 --media-id 17918195224117851",
	},
	"a caption mention": {
		change: captionMention,
		flags: "--media-id 17918195224117851",
	},
	"a comment on own media": {
		change: ownMediaComment,
		flags: "--comment-id 17870913679156914",
	},
};
const commands = Object.entries(targets).flatMap(
	([name, { change, flags }]) => [
		{ name, change, line: `igwh reply ${flags} --message '${answer}'` },
		{
			name: `${name}, with all`,
			change,
			line: `igwh reply --all --message '${answer}' --yes`,
		},
	],
);

const failures: Pick<Failure, "when" | "how">[] = [
	{ when: "before", how: "fails" },
	{ when: "after", how: "fails" },
	{ when: "before", how: "ends" },
	{ when: "after", how: "ends" },
];

describe.each(commands)("$name", ({ change, line }) => {
	test.each(failures)(
		"is answered once where a call $how $when it had its effect",
		async (failure) => {
			const calm = failingWorld({ ...failure, call: 0 });
			await (await inboxMachine([change])).run(line, {}, calm.change);
			expect(calm.made()).toBeGreaterThan(8);

			for (let call = 1; call <= calm.made(); call++) {
				const machine = await inboxMachine([change]);
				const { run, said, clock } = machine;
				const first = await run(
					line,
					{},
					failingWorld({ ...failure, call }).change,
				);
				const told = [`call ${call}`, first.err];
				for (const pause of [0, 120_000]) {
					await clock.sleep(pause);
					const later = await run(line);
					told.push(later.out, later.err);
					expect(said().length, told.join("\n")).toBeLessThanOrEqual(1);
				}
				if (said().length === 0) {
					const last = await run(`${line} --resend`);
					told.push(last.out, last.err);
				}
				expect(said(), told.join("\n")).toEqual([answer]);
			}
		},
	);
});
