/**
 * `igwh/sandbox`: a Graph API in the process of a test. It signs, delivers and
 * retries as Meta does, and refuses what Meta refuses.
 * @module
 */

export type { Disabling } from "../sandbox/delivery/disabling-modes.ts";
export type { Gate, GateState } from "../sandbox/delivery/gate.ts";
export type { GateId } from "../sandbox/delivery/gate-ids.ts";
export type {
	DeliveryExchange,
	DeliveryReport,
	TestReport,
} from "../sandbox/delivery/report.ts";
export type { Fault } from "../sandbox/fault.ts";
export type { LoggedCall } from "../sandbox/log.ts";
export type { SandboxSeed } from "../sandbox/simulation/sandbox-seed.ts";
export type { ScenarioName } from "../sandbox/simulation/scenario-names.ts";
export type { TriggerResult } from "../sandbox/simulation/trigger.ts";
export type { InstagramFieldName } from "../webhook/payload-types.ts";
export {
	type SandboxCredentials,
	type StartSandboxOptions,
	type SubscribeOptions,
	startSandbox,
	type TestSandbox,
	type TriggerDetails,
} from "./start-sandbox.ts";
