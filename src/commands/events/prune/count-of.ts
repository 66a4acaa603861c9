/** `1 delivery`, `2 deliveries`. */
export function countOf(deliveries: number): string {
	return `${deliveries} ${deliveries === 1 ? "delivery" : "deliveries"}`;
}
