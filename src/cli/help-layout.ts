import { Help, type HelpConfiguration } from "commander";

/** A description with fewer columns than this goes below its flag. */
const minBeside = 30;

const usageLabel = "Usage: ";

/** Flags with their descriptions beside them, or below them where the terminal is narrow. */
export const helpLayout: HelpConfiguration = {
	minWidthToWrap: 10,
	commandUsage(this: Help, parser) {
		const usage = Help.prototype.commandUsage.call(this, parser);
		const columns = (this.helpWidth ?? 80) - usageLabel.length;
		return this.boxWrap(usage, columns).replace(
			/\n/g,
			`\n${" ".repeat(usageLabel.length)}`,
		);
	},
	formatItemList(heading, items, help) {
		return heading === globalHeading && items.length > 0
			? [heading, ...namesOf(items, help), ""]
			: Help.prototype.formatItemList.call(help, heading, items, help);
	},
	formatItem(term, termWidth, description, help) {
		const columns = help.helpWidth ?? 80;
		if (!description || columns - termWidth - 4 >= minBeside)
			return Help.prototype.formatItem.call(
				help,
				term,
				termWidth,
				description,
				help,
			);
		const below = help.boxWrap(description, columns - 6);
		return `  ${term}\n${below.replace(/^/gm, "      ")}`;
	},
};

/** Flags that many commands share: the help of igwh itself describes them. */
export const globalHeading = "Global options (described by: igwh --help):";

/** The flags alone, several on a line; a flag and its value are not separated. */
function namesOf(items: readonly string[], help: Help): string[] {
	const flags = items.map(
		(item) => /^\s*(--[\w-]+(?: <\w+>)?)/.exec(item)?.[1] ?? "",
	);
	const joined = flags.map((flag) => flag.replace(" ", "\0")).join("  ");
	return help
		.boxWrap(joined, (help.helpWidth ?? 80) - 2)
		.replaceAll("\0", " ")
		.replace(/^/gm, "  ")
		.split("\n");
}

/** A paragraph of the help, wrapped to the terminal. */
export function helpParagraph(text: string, columns: number): string {
	const help = new Help();
	help.minWidthToWrap = 10;
	return help.boxWrap(text, columns);
}
