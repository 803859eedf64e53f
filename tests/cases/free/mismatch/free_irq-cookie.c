/* free_irq() finds the handler by its cookie: the rollback must give the one that was registered. */
#include <linux/interrupt.h>

struct vector {
	unsigned int irq;
	int count;
};

struct card {
	struct vector vectors[4];
	struct vector contexts[4];
};

irqreturn_t card_interrupt(int irq, void *data);

int card_request_bad(struct card *card)
{
	int i, j, ret;

	for (i = 0; i < 4; i++) {
		ret = request_irq(card->vectors[i].irq, card_interrupt, 0, "card", &card->contexts[i]);
		if (ret) {
			for (j = 0; j < i; j++)
				free_irq(card->vectors[j].irq, &card->contexts[i]); /* expect: free/mismatch irq */
			return ret;
		}
	}
	return 0;
}

int card_request_ok(struct card *card)
{
	int i, j, ret;

	for (i = 0; i < 4; i++) {
		ret = request_irq(card->vectors[i].irq, card_interrupt, 0, "card", &card->contexts[i]);
		if (ret) {
			for (j = 0; j < i; j++)
				free_irq(card->vectors[j].irq, &card->contexts[j]);
			return ret;
		}
	}
	return 0;
}

/* Two handlers of one line. */
int card_share_ok(struct card *card, unsigned int irq)
{
	int ret = request_irq(irq, card_interrupt, 0, "card", &card->contexts[0]);

	if (ret)
		return ret;
	ret = request_irq(irq, card_interrupt, 0, "card", &card->contexts[1]);
	if (ret)
		free_irq(irq, &card->contexts[0]);
	return ret;
}
