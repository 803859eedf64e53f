/* A control's private data goes with the control. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <sound/core.h>

struct snd_kcontrol;
struct snd_kcontrol_new;
struct snd_kcontrol *snd_ctl_new1(const struct snd_kcontrol_new *knew, void *private_data);

struct level {
	int value;
};

int add_list(struct snd_kcontrol *kctl);

int add_ok(const struct snd_kcontrol_new *knew)
{
	struct level *l = kzalloc(sizeof(*l), GFP_KERNEL);
	struct snd_kcontrol *kctl;

	if (!l)
		return -ENOMEM;
	kctl = snd_ctl_new1(knew, l);
	if (!kctl) {
		kfree(l);
		return -ENOMEM;
	}
	return add_list(kctl);
}

int add_bad(const struct snd_kcontrol_new *knew, int value)
{
	struct level *l = kzalloc(sizeof(*l), GFP_KERNEL);
	struct snd_kcontrol *kctl;

	if (!l)
		return -ENOMEM;
	if (value < 0)
		return -EINVAL; /* expect: leak/error-path memory */
	kctl = snd_ctl_new1(knew, l);
	if (!kctl) {
		kfree(l);
		return -ENOMEM;
	}
	return add_list(kctl);
}
