import { expect, test } from "vitest";
import {
	createRecordQueue,
	maxWaiting,
	maxWaitingBytes,
} from "../src/record-queue.ts";

const until = new AbortController().signal;

test("unread values are limited in number, and dropped ones counted", async () => {
	const dropped: number[] = [];
	const channel = createRecordQueue<number>({
		dropped: (n) => dropped.push(n),
	});
	for (let n = 0; n < maxWaiting + 5; n++) channel.push(n);
	const reading = channel.read(until);
	expect(await reading.next()).toMatchObject({ value: 0 });
	expect(dropped).toEqual([5]);
	channel.push(-1);
	for (let n = 1; n < maxWaiting; n++)
		expect((await reading.next()).value).toBe(n);
	expect((await reading.next()).value).toBe(-1);
	expect(dropped).toEqual([5]);
});

test("unread values are limited in bytes", () => {
	const dropped: number[] = [];
	const channel = createRecordQueue<number>({
		bytesOf: () => maxWaitingBytes / 4,
		dropped: (n) => dropped.push(n),
	});
	for (let n = 0; n < 10; n++) channel.push(n);
	expect(channel.rest()).toEqual([0, 1, 2, 3]);
	expect(dropped).toEqual([6]);
	channel.push(10);
	expect(channel.rest()).toEqual([10]);
});

test("a caller that waits for room loses nothing", async () => {
	const channel = createRecordQueue<number>();
	await channel.room();
	for (let n = 0; n < maxWaiting; n++) channel.push(n);
	let hasRoom = false;
	const waiting = channel.room().then(() => {
		hasRoom = true;
	});
	await new Promise(setImmediate);
	expect(hasRoom).toBe(false);
	channel.rest();
	await waiting;
	expect(hasRoom).toBe(true);
});
