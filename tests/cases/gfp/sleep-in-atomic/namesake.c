/* The member that decides is reached in two ways. */
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct chip {
	int lines;
	bool can_sleep;
};

struct forwarder {
	int state;
	struct chip chip;
	struct mutex mutex;
	spinlock_t lock;
};

struct forwarder *chip_data(struct chip *chip);

static void get_lines(struct forwarder *f)
{
	if (f->chip.can_sleep)
		msleep(1);
	else
		udelay(1000);
}

void locked_ok(struct chip *chip)
{
	struct forwarder *f = chip_data(chip);

	if (chip->can_sleep) {
		mutex_lock(&f->mutex);
		get_lines(f);
		mutex_unlock(&f->mutex);
	} else {
		spin_lock(&f->lock);
		get_lines(f);
		spin_unlock(&f->lock);
	}
}

void locked_bad(struct chip *chip)
{
	struct forwarder *f = chip_data(chip);

	if (chip->can_sleep) {
		spin_lock(&f->lock);
		get_lines(f); /* expect: gfp/sleep-in-atomic */
		spin_unlock(&f->lock);
	}
}

static void wait_unlocked(struct forwarder *f)
{
	spin_unlock(&f->lock);
	udelay(1);
	spin_lock(&f->lock);
}

/* What is told begins where the lock is taken for good. */
void relocked_bad(struct forwarder *f)
{
	spin_lock(&f->lock); /* note: acquired */
	wait_unlocked(f);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&f->lock);
}

static void enable(struct forwarder *f)
{
	if (!f->state)
		f->state = 1;
}

static void disable(struct forwarder *f)
{
	if (f->state)
		msleep(1);
}

/* It was the opposite before. */
void written_bad(struct forwarder *f)
{
	spin_lock(&f->lock);
	enable(f);
	disable(f); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&f->lock);
}
