import type { HeaderList, HttpResponse } from "../../http.ts";
import type { Gate } from "./gate.ts";

/** How the first attempt went. */
export interface DeliveryReport {
	/** The callback URL, without what may be secret in it. */
	url: string;
	status?: number;
	ms: number;
	/** Why there is no status. */
	error?: string;
}

/** One attempt to deliver: the bytes sent, and the answer to them. */
export interface DeliveryExchange extends DeliveryReport {
	accountId: string;
	field: string;
	/** Counts from 1. */
	attempt: number;
	request: { headers: HeaderList; body: Uint8Array };
	response?: HttpResponse;
}

export interface Announcement {
	/** The first attempt of the first delivery; null where a gate stopped it. */
	delivery: DeliveryReport | null;
	/** The gates that are closed. */
	gates: Gate[];
	/** Where there is more than one: how the first attempts of all went. */
	deliveries?: DeliverySummary;
}

export interface DeliverySummary {
	sent: number;
	ok: number;
	failed: number;
}

export interface TestReport {
	field: string;
	accountId: "0";
	value: Readonly<Record<string, unknown>>;
	delivery: DeliveryReport;
}
