/*
 * Reduced from __snd_ali_probe(): the card is managed, and what its destructor puts is put when probing fails as well.
 */
#include <linux/pci.h>
#include <sound/core.h>

struct bridge {
	struct pci_dev *isa;
};

int bridge_start(struct bridge *b);

static void bridge_free(struct snd_card *card)
{
	struct bridge *b = card->private_data;

	pci_dev_put(b->isa);
}

static void bridge_forget(struct snd_card *card)
{
}

static int bridge_probe_ok(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct snd_card *card;
	struct bridge *b;
	int err = snd_devm_card_new(&pci->dev, -1, NULL, NULL, sizeof(*b), &card);

	if (err < 0)
		return err;
	b = card->private_data;
	card->private_free = bridge_free;
	b->isa = pci_get_device(0x10b9, 0x1533, NULL);
	if (!b->isa)
		return -ENODEV;
	return bridge_start(b);
}

static int bridge_probe_bad(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct snd_card *card;
	struct bridge *b;
	int err = snd_devm_card_new(&pci->dev, -1, NULL, NULL, sizeof(*b), &card);

	if (err < 0)
		return err;
	b = card->private_data;
	card->private_free = bridge_forget;
	b->isa = pci_get_device(0x10b9, 0x7101, NULL); /* note: acquired */
	if (!b->isa)
		return -ENODEV;
	return bridge_start(b); /* expect: leak/error-path pci_dev */
}

static struct pci_driver bridge_driver = {.probe = bridge_probe_ok};
static struct pci_driver other_driver = {.probe = bridge_probe_bad};
