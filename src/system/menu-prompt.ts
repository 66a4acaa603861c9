import { styleText } from "node:util";
import {
	createPrompt,
	isDownKey,
	isEnterKey,
	isUpKey,
	useKeypress,
	usePrefix,
	useState,
} from "@inquirer/core";
import { clip } from "../cli/width.ts";
import type { Choice, Panel } from "../world.ts";
import { choiceLine } from "./choice-line.ts";
import { panelLines } from "./panel-lines.ts";

export interface MenuConfig {
	message: string;
	choices: Choice<unknown>[];
	panel?: Panel;
	/** The size of the terminal. */
	rows: number;
	columns: number;
}

const hideCursor = "\u001b[?25l";
/** The question, an empty line and the help. */
const otherRows = 4;

/** A few choices, below the text they are about. */
export const menuPrompt = createPrompt<unknown, MenuConfig>((config, done) => {
	const { message, choices, panel, rows, columns } = config;
	const [cursor, setCursor] = useState(0);
	const [top, setTop] = useState(0);
	const [isDone, setDone] = useState(false);
	const prefix = usePrefix({ status: isDone ? "done" : "idle" });
	const size = { columns, rows: rows - choices.length - otherRows };
	const view = panel && panelLines(panel, size, top);

	useKeypress((key, line) => {
		line.clearLine(0);
		const choice = choices[cursor];
		if (isEnterKey(key) && choice) {
			setDone(true);
			done(choice.value);
		} else if (isUpKey(key))
			setCursor((cursor + choices.length - 1) % choices.length);
		else if (isDownKey(key)) setCursor((cursor + 1) % choices.length);
		else if (view) {
			const { lastTop, windowRows } = view;
			const step = Math.max(1, windowRows - 1);
			if (key.name === "pagedown") setTop(Math.min(lastTop, top + step));
			if (key.name === "pageup") setTop(Math.max(0, top - step));
			if (key.name === "home") setTop(0);
			if (key.name === "end") setTop(lastTop);
		}
	});

	const question = `${prefix} ${styleText("bold", message)}`;
	const above = view ? ["", ...view.lines] : [];
	if (isDone)
		return [
			...above,
			`${question} ${styleText("cyan", clip(choices[cursor]?.name ?? "", columns - message.length - 4))}`,
		].join("\n");
	const lines = choices.map((choice, index) =>
		choiceLine(choice, { isActive: index === cursor, columns }),
	);
	const scrolls = view && view.lastTop > 0;
	const help = scrolls ? "↑↓ Enter  PgUp PgDn: scroll the text" : "↑↓ Enter";
	return `${[...above, question, ...lines, "", styleText("dim", help)].join("\n")}${hideCursor}`;
});
