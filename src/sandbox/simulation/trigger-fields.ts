import { instagramFields } from "../../webhook/fields.ts";

/** The Instagram fields that an event can be simulated for: all of them. */
export const triggerFields: readonly string[] = Object.keys(instagramFields);
