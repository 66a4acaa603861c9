import { IgwhError } from "../../igwh-error.ts";
import { readDuration } from "../../readers/read-duration.ts";
import { asArray, asRecord, asString } from "../../webhook/delivery.ts";

/** What happens in the sandbox, step by step. */
export interface Scenario {
	/** What it shows. */
	description: string;
	/** How many times faster than written it is played, where nothing else is asked for; 1 where left out. */
	speed?: number;
	steps: ScenarioStep[];
}

/** One step; the members of `trigger` are those of `POST /sandbox/trigger`. */
export type ScenarioStep =
	| { do: "trigger"; overMs: number; input: Record<string, unknown> }
	| { do: "wait"; ms: number }
	| { do: "delete-last-comment" }
	| {
			do:
				| "open"
				| "close"
				| "fail"
				| "heal"
				| "receiver"
				| "expire-token"
				| "renew-token";
			input: Record<string, unknown>;
	  };

/**
 * Reads a scenario's file:
 * `{"description": "…", "steps": [{"trigger": "comments", "count": 5, "over": "10s"},
 * {"wait": "1m"}, {"close": ["app-live"]}, {"open": [...]}, {"receiver": "down"},
 * {"fail": "190/463", "on": "POST /mentions", "times": 2}, {"heal": true},
 * {"expireToken": true}, {"renewToken": true}, {"deleteLastComment": true}]}`
 * @param name what the file is called in errors
 * @throws IgwhError `input`
 */
export function readScenario(text: string, name: string): Scenario {
	const { description, steps, speed } = asRecord(parsed(text, name));
	const list = asArray(steps);
	if (list.length === 0) throw unreadable(name, "it has no steps");
	if (speed !== undefined && !(typeof speed === "number" && speed > 0))
		throw unreadable(name, "its speed is not a positive number");
	return {
		description: asString(description),
		...(speed !== undefined && { speed }),
		steps: list.map((step, index) =>
			readStep(asRecord(step), (problem) =>
				unreadable(name, `step ${index + 1} ${problem}`),
			),
		),
	};
}

function parsed(text: string, name: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw unreadable(name, "it is not JSON");
	}
}

type Refuse = (problem: string) => IgwhError;

function readStep(step: Record<string, unknown>, refuse: Refuse): ScenarioStep {
	const [kind] = Object.keys(readers).filter((name) => name in step);
	const read = kind === undefined ? undefined : readers[kind];
	if (!read)
		throw refuse(
			`does nothing; it needs one of ${Object.keys(readers).join(", ")}`,
		);
	return read(step, refuse);
}

const readers: Readonly<
	Record<
		string,
		(step: Record<string, unknown>, refuse: Refuse) => ScenarioStep
	>
> = {
	trigger: ({ trigger, over, ...details }, refuse) => ({
		do: "trigger",
		overMs: over === undefined ? 0 : duration(over, refuse),
		input: { field: trigger, ...details },
	}),
	wait: ({ wait }, refuse) => ({ do: "wait", ms: duration(wait, refuse) }),
	open: ({ open }) => ({ do: "open", input: { gates: [open].flat() } }),
	close: ({ close }) => ({ do: "close", input: { gates: [close].flat() } }),
	receiver: ({ receiver }, refuse) => {
		if (receiver !== "down" && receiver !== "up")
			throw refuse("has a receiver that is neither up nor down");
		return { do: "receiver", input: { down: receiver === "down" } };
	},
	fail: (fault) => ({ do: "fail", input: fault }),
	heal: () => ({ do: "heal", input: {} }),
	expireToken: ({ expireToken }) => ({
		do: "expire-token",
		input: typeof expireToken === "string" ? { token: expireToken } : {},
	}),
	renewToken: () => ({ do: "renew-token", input: {} }),
	deleteLastComment: () => ({ do: "delete-last-comment" }),
};

function duration(value: unknown, refuse: Refuse): number {
	const ms = readDuration(asString(value));
	if (ms === undefined)
		throw refuse(
			`has ${JSON.stringify(value)} where a length of time such as 30s is expected`,
		);
	return ms;
}

function unreadable(name: string, problem: string): IgwhError {
	return new IgwhError(
		"input",
		`${name} is not a scenario: ${problem}`,
		"the README shows the format, under Scenarios",
	);
}
