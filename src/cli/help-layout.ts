import { Help, type HelpConfiguration } from "commander";

/** A description beside its flag gets at least this many columns; else it stands below. */
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

/** A paragraph of the help, wrapped to the terminal. */
export function helpParagraph(text: string, columns: number): string {
	const help = new Help();
	help.minWidthToWrap = 10;
	return help.boxWrap(text, columns);
}
