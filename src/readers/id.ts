import { isDeliveryId } from "../delivery-id.ts";
import { type Reader, Unreadable } from "./reader.ts";

/** An id from Meta. It becomes part of a call's path, and stays a string: many are above 2^53. */
export const id: Reader<string> = {
	example: "17841405309211844",
	read: (text) => {
		if (/^\d{1,30}$/.test(text)) return text;
		throw new Unreadable("is not a valid id", { give: "its digits" });
	},
};

/** The id of a stored delivery. */
export const deliveryId: Reader<string> = {
	example: "d12",
	read: (text) => {
		if (isDeliveryId(text)) return text;
		throw new Unreadable("is not the id of a delivery", {
			hint: "to list the ids: igwh events",
		});
	},
};

/** The id of a comment, a medium or a stored delivery. */
export const contentId: Reader<string> = {
	example: "17894227972186120",
	read: (text) => {
		if (/^\d{1,30}$/.test(text) || isDeliveryId(text)) return text;
		throw new Unreadable("is not a valid id", {
			hint: "give the id of a comment or a media (digits), or of a delivery (d12)",
		});
	},
};

export const apiVersion: Reader<string> = {
	example: "v25.0",
	read: (text) => {
		if (/^v\d{1,3}\.\d{1,3}$/.test(text)) return text;
		throw new Unreadable("is not a Graph API version", {
			give: "v and two numbers",
		});
	},
};
