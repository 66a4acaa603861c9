import type {
	FieldValues,
	InstagramFieldName,
} from "../webhook/payload-types.ts";

/** One thing that happened, as a delivery reports it. */
export type InstagramChange = {
	[F in InstagramFieldName]: {
		/** The Instagram account it happened to. */
		accountId: string;
		/** At run time also names of fields that Meta adds later. */
		field: F;
		/** Unix seconds for changes, milliseconds for messaging; 0 where the delivery has none. */
		time: number;
		/** As sent; `undefined` where the app subscribed without values. */
		value: FieldValues[F];
	};
}[InstagramFieldName];

export interface InstagramDelivery {
	/** `instagram`, or whatever the sender wrote. */
	object: string;
	/** What happened, in the order sent; up to 1000 in one delivery. */
	changes: InstagramChange[];
	/** Why nothing could be read from the body. */
	problem?: string;
}
