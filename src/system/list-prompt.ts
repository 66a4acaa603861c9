import { styleText } from "node:util";
import {
	createPrompt,
	isEnterKey,
	useEffect,
	useKeypress,
	usePagination,
	usePrefix,
	useRef,
	useState,
} from "@inquirer/core";
import { clip } from "../cli/width.ts";
import type { Choice } from "../world.ts";
import { choiceLine } from "./choice-line.ts";
import { type Filtered, filterChoices } from "./filter-choices.ts";
import { terminalSize } from "./terminal-size.ts";

export interface ListConfig {
	message: string;
	choices(): Promise<Choice<unknown>[]>;
}

/** The rows around the list: the question, the filter, an empty line, the help, and one to spare. */
const otherRows = 5;
const maxPageRows = 12;

/**
 * A list filtered by the typed text, above its own commands, which stay visible.
 * The first line shows how many match; where none does, Enter chooses nothing.
 */
export const listPrompt = createPrompt<unknown, ListConfig>((config, done) => {
	const { message } = config;
	const { rows, columns } = terminalSize();
	const [choices, setChoices] = useState<Choice<unknown>[]>();
	const [term, setTerm] = useState("");
	/** Where the person moved the cursor to. */
	const [moved, setMoved] = useState<number>();
	const [chosen, setChosen] = useState<string>();
	const [failure, setFailure] = useState<string>();
	const prefix = usePrefix({ status: chosen === undefined ? "idle" : "done" });
	const list = filterChoices(choices ?? [], term);
	const { shown, first } = list;
	const cursor = moved ?? first;
	const items = shown.filter(({ always }) => !always);
	const commands = shown.filter(({ always }) => always);
	/** The choice that the person moved to, as of now: a list may be read for longer. */
	const movedTo = useRef<Choice<unknown>>();
	movedTo.current = shown[moved ?? -1];
	const pageSize = Math.max(
		3,
		Math.min(maxPageRows, rows - otherRows - commands.length),
	);

	useEffect(() => {
		let isCurrent = true;
		config.choices().then(
			(read) => {
				if (!isCurrent) return;
				setFailure(undefined);
				setMoved(sameChoice(movedTo.current, filterChoices(read, term)));
				setChoices(read);
			},
			({ message }) => isCurrent && setFailure(message),
		);
		return () => {
			isCurrent = false;
		};
	}, [term]);

	useKeypress((key, line) => {
		const to = target(key.name, {
			cursor,
			lastItem: items.length - 1,
			last: shown.length - 1,
			pageSize,
		});
		const choice = shown[cursor ?? -1];
		if (isEnterKey(key) && choice) {
			setChosen(choice.name);
			done(choice.value);
		} else if (to !== undefined || !isTyped(key.name)) {
			if (to !== undefined) setMoved(to);
			// These keys have a meaning of their own for the line that is typed.
			line.clearLine(0);
			line.write(term);
		} else {
			setMoved(undefined);
			setTerm(line.line);
		}
	});

	const drawn = (choice: Choice<unknown>, index: number) =>
		choiceLine(choice, { isActive: index === cursor, columns });
	const page = usePagination({
		items,
		active: Math.min(cursor ?? 0, Math.max(0, items.length - 1)),
		renderItem: ({ item, index }) => drawn(item, index),
		pageSize,
		loop: false,
	});
	const question = `${prefix} ${styleText("bold", message)}`;
	if (chosen !== undefined)
		return `${question} ${styleText("cyan", clip(chosen, Math.max(columns - message.length - 4, 20)))}`;
	return [
		`${question} ${choices ? count(list, term) : "…"}\n  Filter: ${styleText("cyan", term)}`,
		[
			...(failure ? [styleText("red", failure)] : []),
			...(items.length > 0 ? [page] : []),
			...commands.map((command, index) => drawn(command, items.length + index)),
			"",
			help(list, columns),
		].join("\n"),
	];
});

/** `200`, or `12 of 200` where they are filtered. */
function count({ matching, total }: Filtered<unknown>, term: string): string {
	return term ? `${matching} of ${total}` : String(total);
}

function help({ first }: Filtered<unknown>, columns: number): string {
	if (first === undefined)
		return styleText("yellow", "Nothing matches. Change the filter.");
	const keys = "↑↓ PgUp PgDn Home End  Enter";
	return styleText("dim", columns < 60 ? keys : `${keys}  type to filter`);
}

interface Position {
	cursor: number | undefined;
	lastItem: number;
	/** The last command of the list. */
	last: number;
	pageSize: number;
}

/** Where a key moves the cursor to; nothing where it moves nothing. Pages are pages of items. */
function target(
	key: string,
	{ cursor, lastItem, last, pageSize }: Position,
): number | undefined {
	const at = (index: number, end: number) => Math.max(0, Math.min(end, index));
	switch (key) {
		case "up":
			return at((cursor ?? last + 1) - 1, last);
		case "down":
			return at((cursor ?? -1) + 1, last);
		case "pageup":
			return at((cursor ?? 0) - pageSize, lastItem);
		case "pagedown":
			return at((cursor ?? -1) + pageSize, lastItem);
		case "home":
			return 0;
		case "end":
			return at(lastItem, lastItem);
		default:
			return undefined;
	}
}

/** Does a key change the filter? */
function isTyped(key: string | undefined): boolean {
	return !["return", "enter", "tab", "left", "right"].includes(key ?? "");
}

/** The position of the choice under the cursor in a list that was read again. */
function sameChoice(
	choice: Choice<unknown> | undefined,
	{ shown }: Filtered<unknown>,
): number | undefined {
	if (!choice) return undefined;
	const index = shown.findIndex(({ name }) => name === choice.name);
	return index < 0 ? undefined : index;
}
