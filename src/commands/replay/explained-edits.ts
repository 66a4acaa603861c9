import { IgwhError } from "../../igwh-error.ts";
import {
	EditError,
	setMember,
	unsetMember,
} from "../../payloads/edit-payload.ts";
import { FixtureError, readFixture } from "../../payloads/fixture.ts";
import type { TextEdit } from "../../payloads/payload-edits.ts";
import type { ReplaySource } from "./sources.ts";

/** `--set path=value` */
export function setEdit(typed: string): TextEdit {
	return {
		apply: (json) => explained("set", typed, () => setMember(json, typed)),
	};
}

/** `--unset path` */
export function unsetEdit(path: string): TextEdit {
	return {
		apply: (json) => explained("unset", path, () => unsetMember(json, path)),
	};
}

function explained<T>(flag: string, typed: string, edit: () => T): T {
	try {
		return edit();
	} catch (error) {
		if (!(error instanceof EditError)) throw error;
		throw new IgwhError(
			"usage",
			`--${flag} ${typed}: ${error.message}`,
			"a path names properties and indexes: --set entry.0.changes.0.value.text=hello",
		);
	}
}

/** The payload of a source: only that can be edited. @throws IgwhError `input` */
export function readPayload({
	name,
	payload,
}: Pick<ReplaySource, "name" | "payload">): string {
	try {
		return readFixture(payload())[0]?.json ?? "";
	} catch (error) {
		if (!(error instanceof FixtureError)) throw error;
		throw new IgwhError(
			"input",
			`${name}: ${error.message}`,
			"only a payload can be edited or encoded; --encoding raw sends any bytes as they are",
		);
	}
}
