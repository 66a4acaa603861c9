import { editText } from "../../cli/edit-text.ts";
import { IgwhError } from "../../igwh-error.ts";
import type { World } from "../../world.ts";
import { readPayload } from "./explained-edits.ts";

/**
 * A payload as the person changes it in their editor.
 * @throws IgwhError where they close it without a change, or leave no payload
 */
export async function editInEditor(
	name: string,
	json: string,
	world: World,
): Promise<string> {
	if (!world.terminal.interactive)
		throw new IgwhError(
			"usage",
			"--edit needs a terminal",
			"without one, use --set path=value and --unset path",
		);
	const written = await editText(json, "payload.json", world);
	if (written.trim() === json.trim())
		throw new IgwhError(
			"input",
			`${name} was not changed in the editor, so nothing was sent`,
			"save a change, or leave --edit out to send it as it is",
		);
	return readPayload({ name, payload: () => written });
}
