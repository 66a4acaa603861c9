import type { Theme } from "../../cli/theme.ts";
import { deliveryDetail } from "../../deliveries/delivery-detail.ts";
import { deliveryLine } from "../../deliveries/delivery-line.ts";
import type {
	DeliveryDetailRecord,
	DeliveryRecord,
} from "../../deliveries/records.ts";

export function view(
	record: DeliveryRecord | DeliveryDetailRecord,
	theme: Theme,
): string {
	return "headers" in record
		? deliveryDetail(record, theme)
		: deliveryLine(record, theme, { dated: true });
}
