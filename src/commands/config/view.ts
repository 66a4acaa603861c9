import type { Theme } from "../../cli/theme.ts";
import type { ConfigRecord, SettingRecord } from "./records.ts";

/** The longest environment name. */
const nameWidth = "IGWH_INSTAGRAM_APP_SECRET".length;

export function view(
	record: ConfigRecord | SettingRecord,
	theme: Theme,
): string {
	return record.type === "config"
		? filesView(record, theme)
		: settingView(record, theme);
}

function filesView(
	{ profile, envFile, found, store, sandbox }: ConfigRecord,
	theme: Theme,
): string {
	return [
		...(profile ? [`profile   ${theme.strong(profile)}`] : []),
		`env file  ${envFile}${found ? "" : theme.dim(" (does not exist)")}`,
		`store     ${store}`,
		...(sandbox
			? [`sandbox   ${theme.warn("on")}: its values replace yours`]
			: []),
		"",
	].join("\n");
}

function settingView(record: SettingRecord, theme: Theme): string {
	const { env, problem, what } = record;
	const name = theme.key(String(env).padEnd(nameWidth));
	return [
		`${name}  ${problem ? theme.bad(`✗ ${problem}`) : valueText(record, theme)}`,
		theme.dim(`  ${what}`),
	].join("\n");
}

function valueText(
	{ value, source, command }: SettingRecord,
	{ dim }: Theme,
): string {
	if (source === null) return dim("not set");
	const from = command ? `${command}, ${source}` : source;
	return `${value ?? dim("not read yet")}  ${dim(`(${from})`)}`;
}
