import { expect, test } from "vitest";
import {
	fillPlaceholders,
	uuidOf,
} from "../../src/payloads/fill-placeholders.ts";

const env = { NAME: 'a "b"\n', TIME: "1760000000", EMPTY: "" };
let drawn = 0;
const uuid = () => `uuid-${++drawn}`;

test.each([
	[`{"text":"\${NAME}"}`, '{"text":"a \\"b\\"\\n"}'],
	[`{"time":\${TIME},"x":"\${EMPTY}"}`, '{"time":1760000000,"x":""}'],
	[`["\${uuid}","\${uuid}"]`, '["uuid-1","uuid-2"]'],
	[
		`{"text":"$NAME \${not a name} $ {x}"}`,
		`{"text":"$NAME \${not a name} $ {x}"}`,
	],
])("%s", (fixture, filled) => {
	expect(fillPlaceholders(fixture, env, uuid)).toBe(filled);
});

test.each([
	[`\${GONE}`, `\${GONE} is not set in the environment`],
	[
		`\${IGWH_APP_SECRET}`,
		`\${IGWH_APP_SECRET} may be a secret, so it is not sent`,
	],
	[
		`\${IGWH_PAGE_TOKEN}`,
		`\${IGWH_PAGE_TOKEN} may be a secret, so it is not sent`,
	],
	[`\${my_secret}`, `\${my_secret} may be a secret, so it is not sent`],
	[`\${Page_Token}`, `\${Page_Token} may be a secret, so it is not sent`],
	[`\${db_password}`, `\${db_password} may be a secret, so it is not sent`],
])("%s is refused", (fixture, message) => {
	expect(() =>
		fillPlaceholders(
			fixture,
			{
				IGWH_APP_SECRET: "x",
				my_secret: "x",
				Page_Token: "x",
				db_password: "x",
			},
			uuid,
		),
	).toThrow(message);
});

test("a UUID is of version 4", () => {
	expect(uuidOf(Buffer.alloc(16, 0xff))).toBe(
		"ffffffff-ffff-4fff-bfff-ffffffffffff",
	);
});
