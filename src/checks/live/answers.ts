import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { asRecord, asString } from "../../webhook/delivery.ts";
import type { World } from "../../world.ts";
import type { LiveCheckId } from "./check-ids.ts";

/** What a person answered to a question that no API answers. */
export interface Answer {
	/** Left out where they did not know. */
	yes?: boolean;
	/** When, as ISO 8601. */
	at: string;
}

export type Answers = Partial<Record<LiveCheckId, Answer>>;

/** The answers about the configured app. What cannot be read counts as not answered. */
export async function readAnswers(
	config: Config,
	{ files }: Pick<World, "files">,
): Promise<Answers> {
	const ofApp = asRecord((await readFile(config, files))[appOf(config)]);
	return Object.fromEntries(
		Object.entries(ofApp).flatMap(([id, answer]) => {
			const { yes, at } = asRecord(answer);
			const kept = typeof yes === "boolean" ? { yes } : {};
			return [[id, { ...kept, at: asString(at) }]];
		}),
	);
}

export async function keepAnswers(
	answers: Answers,
	config: Config,
	{ files }: Pick<World, "files">,
): Promise<void> {
	const all = await readFile(config, files);
	const text = JSON.stringify({ ...all, [appOf(config)]: answers }, null, "\t");
	await files.write(pathOf(config), `${text}\n`);
}

async function readFile(
	config: Config,
	files: World["files"],
): Promise<Record<string, unknown>> {
	const text = await files.read(pathOf(config));
	try {
		return asRecord(JSON.parse(text ?? "{}"));
	} catch {
		return {};
	}
}

function pathOf(config: Config): string {
	const name = config.sandbox ? "sandbox-answers.json" : "answers.json";
	return join(config.storeFolder, name);
}

function appOf(config: Config): string {
	return config.get("appId") ?? "";
}
