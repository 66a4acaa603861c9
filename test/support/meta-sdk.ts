// @ts-expect-error: the SDK has no types.
import sdk from "facebook-nodejs-business-sdk";

/** A node of Meta's SDK: its methods are named as Meta names the calls. */
export type SdkNode = Record<
	string,
	(...parameters: unknown[]) => Promise<Record<string, unknown>>
> & { _data: Record<string, unknown> };

export interface SdkClass {
	new (id: string, data: object, parent: undefined, api: unknown): SdkNode;
	Fields: Record<string, string>;
	prototype: object;
}

interface SdkBatch {
	add(
		method: string,
		path: string[],
		parameters?: object,
		files?: undefined,
		success?: (answer: { body: string }) => void,
		failure?: (answer: { body: string }) => void,
	): object;
	execute(): Promise<unknown>;
}

/** Meta's own client, of v24.0. */
export const metaSdk = sdk as Record<string, SdkClass> & {
	FacebookAdsApi: new (
		token: string,
		locale: string,
		crashLog: boolean,
	) => object;
	FacebookAdsApiBatch: new (api: object) => SdkBatch;
};

/** Changes the host it calls, and nothing else. */
export function pointMetaSdkTo(url: string): void {
	Object.defineProperty(metaSdk.FacebookAdsApi, "GRAPH", {
		value: url,
		configurable: true,
	});
}
