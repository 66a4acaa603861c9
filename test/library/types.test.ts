import { expectTypeOf, test } from "vitest";
import type {
	DeliveryExchange,
	DeliveryReport,
	Disabling,
	Fault,
	Gate,
	GateId,
	GateState,
	LoggedCall,
	SandboxCredentials,
	StartSandboxOptions,
	SubscribeOptions,
	startSandbox,
	TestReport,
	TestSandbox,
	TriggerDetails,
	TriggerResult,
} from "../../src/library/sandbox.ts";
import type {
	CommentValue,
	encodePayload,
	InstagramChange,
	InstagramDelivery,
	InstagramFieldName,
	MessageValue,
	parseDelivery,
	verifySignature,
	WebhookHandler,
	WebhookOptions,
} from "../../src/library/webhook.ts";
import type { instagramFields } from "../../src/webhook/fields.ts";

test("a field decides on its value", () => {
	type Of<F extends InstagramFieldName> = Extract<
		InstagramChange,
		{ field: F }
	>["value"];
	expectTypeOf<Of<"comments">>().toEqualTypeOf<CommentValue>();
	expectTypeOf<Of<"messages">>().toEqualTypeOf<MessageValue>();
	expectTypeOf<Of<"mentions">["comment_id"]>().toEqualTypeOf<
		string | undefined
	>();
	expectTypeOf<Of<"story_insights">["reach"]>().toBeNumber();
	expectTypeOf<keyof typeof instagramFields>().toBeString();
	expectTypeOf<
		ReturnType<typeof parseDelivery>
	>().toEqualTypeOf<InstagramDelivery>();
});

test("payloads of one field do not take another's value", () => {
	type Entry = Parameters<typeof encodePayload>[0]["entry"][number];
	expectTypeOf<{
		id: string;
		time: number;
		changes: { field: "mentions"; value: { media_id: string } }[];
	}>().toExtend<Entry>();
	expectTypeOf<{
		id: string;
		time: number;
		changes: { field: "comments"; value: { media_id: string } }[];
	}>().not.toExtend<Entry>();
});

test("bodies are bytes, headers anyone's", () => {
	type Given = Parameters<typeof verifySignature>;
	expectTypeOf<Buffer>().toExtend<Given[0]>();
	expectTypeOf<string>().not.toExtend<Given[0]>();
	expectTypeOf<Headers>().toExtend<Given[1]>();
	expectTypeOf<import("node:http").IncomingHttpHeaders>().toExtend<Given[1]>();
	expectTypeOf<WebhookHandler>().toEqualTypeOf<
		(request: Request) => Promise<Response>
	>();
	expectTypeOf<WebhookOptions["verifyToken"]>().toBeString();
});

test("a sandbox's", () => {
	expectTypeOf<Parameters<typeof startSandbox>>().toEqualTypeOf<
		[options?: StartSandboxOptions]
	>();
	expectTypeOf<
		TestSandbox["credentials"]
	>().toEqualTypeOf<SandboxCredentials>();
	expectTypeOf<Parameters<TestSandbox["trigger"]>>().toEqualTypeOf<
		[field: InstagramFieldName, details?: TriggerDetails]
	>();
	expectTypeOf<SubscribeOptions["fields"]>().toEqualTypeOf<
		readonly InstagramFieldName[] | undefined
	>();
	expectTypeOf<
		TriggerResult["delivery"]
	>().toEqualTypeOf<DeliveryReport | null>();
	expectTypeOf<TestReport["delivery"]>().toEqualTypeOf<DeliveryReport>();
	expectTypeOf<TriggerResult["gates"]>().toEqualTypeOf<Gate[]>();
	expectTypeOf<GateState["id"]>().toEqualTypeOf<GateId>();
	expectTypeOf<TestSandbox["calls"]>().toEqualTypeOf<readonly LoggedCall[]>();
	expectTypeOf<DeliveryExchange["request"]["body"]>().toExtend<Uint8Array>();
	expectTypeOf<{ on: "POST /mentions"; fail: "190/463" }>().toExtend<Fault>();
	expectTypeOf<"app-live">().toExtend<GateId>();
	expectTypeOf<"nothing">().not.toExtend<GateId>();
	expectTypeOf<StartSandboxOptions["disabling"]>().toEqualTypeOf<
		Disabling | undefined
	>();
});
