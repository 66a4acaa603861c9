import { describe, expect, test } from "vitest";
import { createMachine } from "../support/memory-world.ts";
import { receiverWith, secret, verifyToken } from "./broken-receiver.ts";
import {
	type BrokenReceiver,
	brokenDeliveries,
	brokenHandshakes,
	brokenSignatures,
} from "./broken-receivers.ts";

async function verify(start: BrokenReceiver["start"]) {
	const machine = createMachine({
		IGWH_APP_SECRET: secret,
		IGWH_VERIFY_TOKEN: verifyToken,
	});
	let leave = () => {};
	const server = await machine.serve(
		start(machine.clock, () => leave()),
		{ port: 0, maxBodyBytes: 1e7 },
	);
	leave = () => void server.close();
	const { code, records } = await machine.run([
		"verify",
		`${server.url}/webhook`,
		"--json",
	]);
	const ids = (status: string) =>
		records.filter((record) => record.status === status).map(({ id }) => id);
	const causes = records.filter(({ type }) => type === "cause");
	return { code, fail: ids("fail"), warn: ids("warn"), causes };
}

test("the receiver all of them are made of has no fault", async () => {
	expect(await verify(() => receiverWith({}))).toEqual({
		code: 0,
		fail: [],
		warn: [],
		causes: [],
	});
});

const zoo = [...brokenHandshakes, ...brokenSignatures, ...brokenDeliveries];

describe.each(zoo)(
	"a receiver that $name",
	({ check, also = [], cause, start }) => {
		test(`is caught by ${check}`, async () => {
			const { code, fail, causes } = await verify(start);
			expect(code).toBe(3);
			expect(fail.toSorted()).toEqual([check, ...also].toSorted());
			expect(causes[0]?.id).toBe(cause);
		});
	},
);
