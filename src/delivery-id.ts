/** Does a text have the form of a delivery's id? */
export function isDeliveryId(text: string): boolean {
	return /^d\d{1,15}$/.test(text);
}

/** The row of a delivery; 0, which none has, where the text is no id. */
export function deliveryRow(id: string): number {
	return isDeliveryId(id) ? Number(id.slice(1)) : 0;
}
