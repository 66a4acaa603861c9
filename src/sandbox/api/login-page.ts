import type { HttpResponse } from "../../http.ts";
import type { LoginRequest } from "./login-dialog.ts";

/** The dialog: a form that posts to its own address. It runs no scripts. */
export function dialogPage(
	{ login, scopes }: LoginRequest,
	target: string,
): HttpResponse {
	const boxes = scopes.map(
		(scope) =>
			`<li><label><input type="checkbox" name="granted[]" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label></li>`,
	);
	const html = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Log in to the igwh sandbox</title>
<style>body{font:16px system-ui;max-width:34em;margin:3em auto;padding:0 1em}li{list-style:none}</style>
<h1>igwh sandbox</h1>
<p>The app asks for these permissions (${login === "facebook" ? "Facebook" : "Instagram"} Login). Clear those that you decline.</p>
<form method="post" action="${escapeHtml(target)}">
<ul>${boxes.join("\n")}</ul>
<button>Continue</button>
<button name="cancel" value="1">Cancel</button>
</form>
</html>
`;
	return {
		status: 200,
		headers: [
			["Content-Type", "text/html; charset=utf-8"],
			[
				"Content-Security-Policy",
				"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
			],
			["Cache-Control", "no-store"],
		],
		body: Buffer.from(html),
	};
}

function escapeHtml(text: string): string {
	return text.replace(
		/[&<>"']/g,
		(character) => `&#${character.charCodeAt(0)};`,
	);
}
