#!/usr/bin/env bats
# What a function of another file does: scan --learn, scan --summaries.
load helpers

# Of both, a caller alone cannot tell whether they keep what they get.
callees() {
	cat >callees.c <<END
$api
static void *kept;
static int level;
int look_at(void *p);
int peek(void *p) { return *(char *)p + level; }
int keep(void *p) { kept = p; return 0; }
void *make(int size) { return kzalloc(size, GFP_KERNEL); }
void unmake(void *p) { kfree(p); }
END
}

# user FUNCTION: takes memory, hands it to FUNCTION, forgets it.
user() {
	cat >user.c <<END
$api
int $1(void *p);
int use(int port)
{
	char *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if ($1(p))
		return -EIO;
	return 0;
}
END
}

@test "a callee elsewhere that only looks leaves the caller in charge" {
	callees
	user peek
	run_split "$DRVCHECK" scan --no-db --format json user.c
	jq -e '.findings == []' <<<"$out"
	"$DRVCHECK" scan --no-db --learn=sums callees.c
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json user.c
	[ "$status" -eq 1 ]
	jq -e '.findings | length > 0 and all(.function == "use" and .acquire == "kzalloc")' <<<"$out"
}

@test "a callee elsewhere that keeps its argument is believed" {
	callees
	user keep
	"$DRVCHECK" scan --no-db --learn=sums callees.c
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json user.c
	[ "$status" -eq 0 ]
	jq -e '.findings == []' <<<"$out"
}

@test "an allocator and its counterpart in another file are a pair" {
	callees
	cat >pair.c <<END
$api
void *make(int size);
void unmake(void *p);
int bad(int port)
{
	void *p = make(16);

	if (!p)
		return -ENOMEM;
	if (hw_start(port) < 0)
		return -EIO;
	unmake(p);
	return 0;
}
int twice(int port)
{
	void *p = make(16);

	if (!p)
		return -ENOMEM;
	unmake(p);
	unmake(p);
	return 0;
}
END
	"$DRVCHECK" scan --no-db --learn=sums callees.c
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json pair.c
	jq -e '.findings | map([.rule, .function, .acquire]) | sort
		== [["free/double", "twice", "make"], ["leak/error-path", "bad", "make"]]' <<<"$out"
}

@test "what is learned does not depend on the number of workers" {
	callees
	leaky a.c one
	leaky b.c two
	"$DRVCHECK" scan --no-db -j 1 --learn=one.sums . || true
	"$DRVCHECK" scan --no-db -j 2 --learn=two.sums . || true
	cmp one.sums two.sums
}

@test "learning again brings the file up to date and keeps the rest" {
	callees
	leaky a.c one
	"$DRVCHECK" scan --no-db --learn=sums callees.c
	"$DRVCHECK" scan --no-db --learn=sums a.c || true
	user peek
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json user.c
	jq -e '.findings | length > 0' <<<"$out"
}

@test "a file that holds no summaries is refused, naming it" {
	leaky a.c
	echo nonsense >sums
	run_split "$DRVCHECK" scan --no-db --summaries=sums a.c
	[ "$status" -eq 2 ]
	[[ "$err" = *"sums: no summaries of functions"* ]]
	run_split "$DRVCHECK" scan --no-db --summaries=missing a.c
	[ "$status" -eq 2 ]
	[[ "$err" = *missing* ]]
}

# What may sleep, and locks that a function takes for its caller.
sleepers() {
	cat >sleepers.c <<END
void msleep(unsigned int ms);
void spin_lock(int *lock);
void spin_unlock(int *lock);
void settle(int *dev, int can_sleep)
{
	if (can_sleep)
		msleep(*dev);
}
void dev_enter(int *lock) { spin_lock(lock); }
void dev_leave(int *lock) { spin_unlock(lock); }
END
	cat >holder.c <<END
void settle(int *dev, int can_sleep);
void dev_enter(int *lock);
void dev_leave(int *lock);
void msleep(unsigned int ms);
void spin_lock(int *lock);
void spin_unlock(int *lock);
void called_wrong(int *dev, int *lock)
{
	spin_lock(lock);
	settle(dev, 1);
	spin_unlock(lock);
}
void called_right(int *dev, int *lock)
{
	spin_lock(lock);
	settle(dev, 0);
	spin_unlock(lock);
	settle(dev, 1);
}
void entered_wrong(int *lock)
{
	dev_enter(lock);
	msleep(1);
	dev_leave(lock);
}
void entered_right(int *lock)
{
	dev_enter(lock);
	dev_leave(lock);
	msleep(1);
}
END
}

@test "a callee elsewhere that sleeps or locks is known to" {
	sleepers
	run_split "$DRVCHECK" scan --no-db --format json holder.c
	jq -e '.findings == []' <<<"$out"
	"$DRVCHECK" scan --no-db --learn=sums sleepers.c
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json holder.c
	[ "$status" -eq 1 ]
	jq -e '[.findings[] | select(.rule == "gfp/sleep-in-atomic") | .function] == ["called_wrong", "entered_wrong"]' <<<"$out"
}

@test "rules --why tells what was learned of a function, and where" {
	callees
	"$DRVCHECK" scan --no-db --learn=sums callees.c
	run_split "$DRVCHECK" rules --summaries=sums --why unmake
	[ "$status" -eq 0 ]
	[[ "$out" = *"learned from its source"* ]]
	[[ "$out" = *"releases arg0 kmem by kfree"* ]]
	run_split "$DRVCHECK" rules --why unmake
	[[ "$out" != *"learned from its source"* ]]
}

@test "what comes with drvcheck is of the form that it reads" {
	run_split "$DRVCHECK" rules --summaries="$TOP/summaries/6.12" --why regmap_debugfs_init
	[ "$status" -eq 0 ]
	[[ "$out" = *"learned from its source in drivers/base/regmap/"*"cases"* ]]
	[[ "$out" != *"another version"* ]]
}

@test "fix verifies with what the scan knew of other files" {
	callees
	cat >pair.c <<END
$api
void *make(int size);
void unmake(void *p);
int bad(int port)
{
	void *p = make(16);

	if (!p)
		return -ENOMEM;
	if (hw_start(port) < 0)
		return -EIO;
	unmake(p);
	return 0;
}
END
	"$DRVCHECK" scan --no-db --learn=sums callees.c
	"$DRVCHECK" scan --db db --summaries=sums -q pair.c -- -w || [ $? -eq 1 ]
	run_split "$DRVCHECK" fix --db db --summaries=sums 1 -- -w
	[ "$status" -eq 0 ]
	patch -p1 <<<"$out"
	run_split "$DRVCHECK" scan --no-db --summaries=sums pair.c -- -w
	[ "$status" -eq 0 ]
}

@test "what sleeps in another file under unknown conditions is told with low confidence" {
	cat >sleeper.c <<END
void msleep(unsigned int ms);
struct bus { int (*request)(void); };
struct part { struct bus *bus; };
void ask(struct part *p) { if (!p->bus->request) msleep(1); }
void wait_for(struct part *p) { msleep(1); }
END
	cat >holder.c <<END
struct part;
typedef struct { int x; } spinlock_t;
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void ask(struct part *p);
void wait_for(struct part *p);
struct part *parts;
static spinlock_t lock;
int asking(void) { spin_lock(&lock); ask(parts); spin_unlock(&lock); return 0; }
int waiting(void) { spin_lock(&lock); wait_for(parts); spin_unlock(&lock); return 0; }
END
	"$DRVCHECK" scan --no-db --learn=sums sleeper.c
	run_split "$DRVCHECK" scan --no-db --strict --summaries=sums --format json holder.c
	jq -e '[.findings[] | {function, confidence}] == [{function: "asking", confidence: "low"}, {function: "waiting", confidence: "medium"}]' <<<"$out"
}

# stages LINK: a function that makes a stage, gives it to its caller and does LINK with it, and a caller that forgets it.
stages() {
	local types='struct stage { int id; }; struct pipe { int n; struct stage *stages[8]; };'

	cat >stage.c <<END
$api
$types
int stage_add(struct pipe *pipe, struct stage **out)
{
	struct stage *stage = kzalloc(sizeof(*stage), GFP_KERNEL);

	if (!stage)
		return -ENOMEM;
	$1
	*out = stage;
	return 0;
}
END
	cat >forgets.c <<END
$api
$types
int stage_add(struct pipe *pipe, struct stage **out);
int use(struct pipe *pipe, int port)
{
	struct stage *stage;
	int ret = stage_add(pipe, &stage);

	if (ret)
		return ret;
	if (hw_start(port) < 0)
		return -EIO;
	return 0;
}
END
	"$DRVCHECK" scan --no-db --learn=sums stage.c
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json forgets.c
}

@test "what a callee elsewhere takes and keeps in its array as well is not lost with the caller's pointer" {
	stages 'pipe->stages[pipe->n++] = stage;'
	jq -e '.findings == []' <<<"$out"
	stages ''
	jq -e '.findings | length > 0 and all(.function == "use")' <<<"$out"
}

# What probe takes in another file is remove's to give back, by the counterpart of that file.
@test "a probe and a remove that share their work with another file are one life" {
	cat >table.h <<END
$api
struct device { void *driver_data; };
struct platform_device { struct device dev; };
struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	void (*remove)(struct platform_device *pdev);
};
struct fan { void *table; int speed; };
void *devm_kzalloc(struct device *dev, unsigned long size, unsigned int flags);
static inline void *platform_get_drvdata(const struct platform_device *pdev) { return pdev->dev.driver_data; }
static inline void platform_set_drvdata(struct platform_device *pdev, void *data) { pdev->dev.driver_data = data; }
int fan_table_init(struct fan *f);
void fan_table_exit(struct fan *f);
END
	cat >table.c <<END
#include "table.h"
int fan_table_init(struct fan *f)
{
	f->table = kzalloc(64, GFP_KERNEL);
	return f->table ? 0 : -ENOMEM;
}
void fan_table_exit(struct fan *f) { kfree(f->table); }
END
	for end in 'f->speed = 0;' 'fan_table_exit(f);'; do
		cat >core.c <<END
#include "table.h"
static int fan_probe(struct platform_device *pdev)
{
	struct fan *f = devm_kzalloc(&pdev->dev, sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	platform_set_drvdata(pdev, f);
	return fan_table_init(f);
}
static void fan_remove(struct platform_device *pdev)
{
	struct fan *f = platform_get_drvdata(pdev);

	$end
}
struct platform_driver fan_driver = {.probe = fan_probe, .remove = fan_remove};
END
		"$DRVCHECK" scan --no-db --learn=sums table.c
		run_split "$DRVCHECK" scan --no-db --summaries=sums --format json core.c
		jq -r '.findings[] | "\(.rule) \(.function) \(.confidence)"' <<<"$out" >>told || true
	done
	[ "$(cat told)" = "leak/remove fan_remove medium" ]
}
