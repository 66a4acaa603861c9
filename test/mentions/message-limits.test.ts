import { expect, test } from "vitest";
import {
	defaultLimits,
	messageProblem,
} from "../../src/mentions/message-limits.ts";

const tags = (count: number) =>
	Array.from({ length: count }, (_, index) => `#tag${index}`).join(" ");

test.each([
	["x".repeat(2200), undefined],
	["x".repeat(2201), "it has 2201 characters; the limit is 2200"],
	["👋".repeat(1101), "it has 2202 characters; the limit is 2200"],
	[" \n ", "it is empty"],
	[tags(30), undefined],
	[tags(31), "it has 31 hashtags; the limit is 30"],
	["#".repeat(40), undefined],
	["&#39; ".repeat(40), undefined],
])("%.12s…: %s", (message, problem) => {
	expect(messageProblem(message, defaultLimits)).toBe(problem);
});
