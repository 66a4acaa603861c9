import { expect, test } from "vitest";
import { inboxMachine, receive } from "../support/inbox-machine.ts";

const story = (media_id: string, numbers: number[]) => ({
	field: "story_insights",
	value: {
		media_id,
		...Object.fromEntries(
			[
				"impressions",
				"reach",
				"taps_forward",
				"taps_back",
				"exits",
				"replies",
			].map((metric, index) => [metric, numbers[index]]),
		),
	},
});

const first = story("18023345989012587", [28, 17, 12, -1, 7, -1]);
const second = story("18023345989012588", [100, 68, 10, 6, 20, 5]);

test("stories stand in a table with bars, sums leave out what is below 5", async () => {
	const { run } = await inboxMachine([first, second, first]);
	const { code, out, err } = await run("igwh insights");
	expect(code).toBe(0);
	expect(out).toBe(
		[
			"account 17841405726653026  2 stories",
			"story             received           shown  reach   fwd  back exits replies completed   left",
			"18023345989012587 2026-11-21 09:30      28     17    12    <5     7      <5      32 %   25 %  ██████▎",
			"18023345989012588 2026-11-21 09:30     100     68    10     6    20       5      70 %   20 %  █████████████████████████",
			"total             2 stories            128     85    22     6    27       5      62 %   21 %",
			"",
		].join("\n"),
	);
	expect(err).toBe(
		"<5: Meta does not give counts below 5; sums and rates leave them out (taps_back of 1, replies of 1)",
	);
});

test("what is longer than its column still stands apart from the next one", async () => {
	const long = story("1802334598901258712", [12345678, 1234567, 1, 6, 7, 5]);
	const { run } = await inboxMachine([long]);
	const { out } = await run("igwh insights");
	expect(out.split("\n").at(2)).toMatch(
		/^1802334598901258712 2026-11-21 09:30 {2}12345678 1234567 /,
	);
});

test("--json keeps every number, null for what is below 5", async () => {
	const { run } = await inboxMachine([first, second]);
	const { records } = await run("igwh insights --json");
	expect(records).toMatchObject([
		{
			type: "story",
			mediaId: "18023345989012587",
			numbers: { impressions: 28, taps_back: null },
			completionRate: 0.3214,
			exitRate: 0.25,
			reachShare: 0.25,
		},
		{ type: "story", position: 2, of: 2 },
		{
			type: "total",
			accountId: "17841405726653026",
			stories: 2,
			sums: { impressions: 128, reach: 85, replies: 5 },
			leftOut: { taps_back: 1, replies: 1 },
		},
	]);
});

test("--csv is a table of its own", async () => {
	const { run } = await inboxMachine([first]);
	expect((await run("igwh insights --csv")).out).toBe(
		"account_id,media_id,received_at,impressions,reach,taps_forward,taps_back,exits,replies,completion_rate,exit_rate\n17841405726653026,18023345989012587,2026-11-21T09:30:00.000Z,28,17,12,<5,7,<5,0.3214,0.25",
	);
});

test.each([
	["=1+1", "'=1+1"],
	["+1", "'+1"],
	["-2+3", "'-2+3"],
	["@SUM(A1)", "'@SUM(A1)"],
	['=HYPERLINK("http://evil","x")', `"'=HYPERLINK(""http://evil"",""x"")"`],
	["a,b", '"a,b"'],
	['a"b', '"a""b"'],
])(
	"no spreadsheet reads %s as a formula, or as two cells",
	async (id, cell) => {
		const { run } = await inboxMachine([story(id, [28, 17, 12, 6, 7, 5])]);
		const { out } = await run("igwh insights --csv");
		expect(out.split("\n")[1]).toBe(
			`17841405726653026,${cell},2026-11-21T09:30:00.000Z,28,17,12,6,7,5,0.3214,0.25`,
		);
	},
);

test("--since and --account choose", async () => {
	const machine = await inboxMachine([first]);
	await machine.clock.sleep(2 * 86_400_000);
	await receive(machine, [second]);
	const told = async (flags: string) =>
		(await machine.run(`igwh insights ${flags} --json`)).records.map(
			({ mediaId }) => mediaId ?? "total",
		);
	expect(await told("--since 1d")).toEqual(["18023345989012588"]);
	expect(await told("--since 2026-11-01")).toHaveLength(3);
	expect(await told("--account 1")).toEqual([]);
	expect(await machine.run("igwh insights --since soon")).toMatchObject({
		code: 2,
		err: expect.stringContaining(
			"--since soon is neither a date nor a duration",
		),
	});
});

test("what a story was told last counts, the dashboard's Test does not", async () => {
	const machine = await inboxMachine([first]);
	await receive(machine, [story("18023345989012587", [30, 18, 12, 6, 7, 5])]);
	const listener = await machine.start("igwh listen --port 0");
	await listener.until("Listening");
	await machine.run("igwh replay -", {
		stdin: JSON.stringify({
			object: "instagram",
			entry: [{ id: "0", time: 1, changes: [first] }],
		}),
	});
	await listener.stop();
	const { out, err } = await machine.run("igwh insights");
	expect(out).toContain(" 30     18    12     6     7       5");
	expect(out).not.toContain("account 0");
	expect(err).toContain("stories sent by the dashboard's Test are left out");
});
