import { createTheme } from "../../cli/theme.ts";
import { clip } from "../../cli/width.ts";
import { deliverySummary } from "../../deliveries/delivery-line.ts";
import { appName } from "../../deliveries/forward-mark.ts";
import type { DeliveryRecord } from "../../deliveries/records.ts";
import type { RecordQueue } from "../../record-queue.ts";
import { isSuccess } from "../../webhook/meta-retries.ts";
import type { World } from "../../world.ts";
import type { ListenRecord } from "./records.ts";

/** What a person at the terminal sees of a listener, and which delivery they look at. */
export interface Screen {
	/** Queues a record to show; holds it back while paused. */
	emit(record: ListenRecord): void;
	/** Shows a delivery whose app has not answered yet. */
	pending(record: DeliveryRecord): void;
	/** The records to show: all, or only failures. */
	shown(records: AsyncGenerator<ListenRecord>): AsyncGenerator<ListenRecord>;
	/** The id of the selected delivery, or of the last one. */
	current(): string | undefined;
	/** Selects the delivery before (-1) or after (1) the current one; 0 selects none. */
	select(step: -1 | 0 | 1): void;
	toggleFailures(): void;
	togglePause(): void;
	/** Shows a message until something else happens. */
	say(message: string): void;
	/** Draws the status line from now on. */
	open(): void;
	/** Queues what was held back, and draws nothing more. */
	close(): void;
}

export interface ScreenOptions {
	/** The URLs of the apps. */
	apps: readonly URL[];
}

/** How many deliveries can be selected. */
const maxKept = 100;
/** How many records are held back while paused. */
const maxHeld = 1000;

export function listenScreen(
	queue: RecordQueue<ListenRecord>,
	{ apps }: ScreenOptions,
	{ terminal }: Pick<World, "terminal">,
): Screen {
	const kept = new Map<string, DeliveryRecord>();
	const waiting = new Map<string, DeliveryRecord>();
	let held: ListenRecord[] = [];
	let notHeld = 0;
	let selected: string | undefined;
	let onlyFailures = false;
	let paused = false;
	let isOpen = false;
	const target = apps.map(({ href }) => appName(href)).join(" ");

	const line = (record: DeliveryRecord, mark?: string) =>
		deliverySummary(
			record,
			createTheme(false, terminal.columns - 1),
			{},
			mark === undefined ? undefined : [mark, mark, "→ …"],
		);
	const status = (): string => {
		const [first, ...others] = waiting.values();
		if (first && others.length === 0) return line(first, `→ ${target} …`);
		if (first) return `${others.length + 1} deliveries wait for ${target} …`;
		const chosen = selected === undefined ? undefined : kept.get(selected);
		if (chosen) return `❯ ${line(chosen)}`;
		return [
			paused && `paused, ${held.length + notHeld} waiting`,
			onlyFailures && "failures only",
			keyLine(terminal.columns, { paused, onlyFailures }),
		]
			.filter(Boolean)
			.join("  ");
	};
	const draw = (text = status()) => {
		if (!isOpen) return;
		// Taken away first: a line is redrawn only now and then.
		terminal.progress("");
		terminal.progress(clip(text, terminal.columns - 1));
	};
	const keep = (record: ListenRecord) => {
		if (record.type !== "delivery" || !terminal.interactive) return;
		waiting.delete(record.id);
		kept.set(record.id, record);
		const [oldest] = kept.keys();
		if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
	};
	const resume = () => {
		paused = false;
		for (const record of held) queue.push(record);
		if (notHeld > 0)
			terminal.note(
				`igwh: ${notHeld} more deliveries are stored, but not shown\n  list them with: igwh events`,
			);
		held = [];
		notHeld = 0;
	};

	return {
		emit(record) {
			keep(record);
			if (!paused) queue.push(record);
			else if (held.length < maxHeld) held.push(record);
			else notHeld++;
			if (paused) draw();
		},
		pending(record) {
			waiting.set(record.id, record);
			draw();
		},
		async *shown(records) {
			for await (const record of records) {
				if (!onlyFailures || !isAccepted(record)) yield record;
				if (queue.isEmpty()) draw();
			}
		},
		current: () => selected ?? [...kept.keys()].at(-1),
		select(step) {
			const ids = [...kept.keys()];
			const from = selected ? ids.indexOf(selected) : ids.length;
			selected = step === 0 ? undefined : ids[Math.max(from + step, 0)];
			draw();
		},
		toggleFailures() {
			onlyFailures = !onlyFailures;
			draw();
		},
		togglePause() {
			if (paused) resume();
			else paused = true;
			draw();
		},
		say: (message) => draw(message),
		open() {
			isOpen = true;
			draw();
		},
		close() {
			resume();
			if (isOpen) terminal.progress("");
			isOpen = false;
		},
	};
}

function isAccepted(record: ListenRecord): boolean {
	return (
		record.type === "delivery" &&
		record.signature.valid &&
		record.forwards.every(({ status }) => isSuccess(status))
	);
}

/** What the keys do, as short as the terminal is narrow. */
function keyLine(
	columns: number,
	state: { paused: boolean; onlyFailures: boolean },
): string {
	const failures = state.onlyFailures ? "all" : "failures only";
	const pause = state.paused ? "resume" : "pause";
	const keys = [
		["r", "replay"],
		["d", "details"],
		["f", failures],
		["p", pause],
		["q", "quit"],
	] as const;
	if (columns < 60)
		return keys.map(([key, does]) => `${key} ${does.split(" ")[0]}`).join(" ");
	return `↑↓ select · ${keys.map(([key, does]) => `${key} ${does}`).join(" · ")}`;
}
