import { expect, test } from "vitest";
import { showsColours } from "../../src/system/shows-colours.ts";

const colourful = { isTTY: true, hasColors: () => true };
const plain = { isTTY: true, hasColors: () => false };
const pipe = { isTTY: false };

test.each([
	["a terminal with colours", colourful, {}, true],
	["a terminal without", plain, {}, false],
	["a pipe", pipe, {}, false],
	["NO_COLOR", colourful, { NO_COLOR: "1" }, false],
	["an empty NO_COLOR", colourful, { NO_COLOR: "" }, true],
	["FORCE_COLOR in a pipe", pipe, { FORCE_COLOR: "1" }, true],
	["FORCE_COLOR=0", colourful, { FORCE_COLOR: "0" }, false],
	["FORCE_COLOR=false", colourful, { FORCE_COLOR: "false" }, false],
	["an empty FORCE_COLOR", pipe, { FORCE_COLOR: "" }, false],
	["both", pipe, { FORCE_COLOR: "3", NO_COLOR: "1" }, true],
])("%s", (_, stream, env, coloured) => {
	expect(showsColours(stream as NodeJS.WriteStream, env)).toBe(coloured);
});
