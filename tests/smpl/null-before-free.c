void plain_bad(struct host *host)
{
	if (host->ring) /* often seen */
		kfree(host->ring);
}

void compared_bad(struct host *host)
{
	if (host->node != NULL) {
		of_node_put(host->node);
		host->node = NULL;
	}
}

void direct_ok(struct host *host)
{
	kfree(host->ring);
	of_node_put(host->node);
}

void more_work_ok(struct host *host)
{
	if (host->ring) {
		host->n_rings--;
		kfree(host->ring);
	}
}

void other_test_ok(struct host *host)
{
	if (host->owned)
		kfree(host->ring);
	if (host->clk)
		clk_disable_unprepare(host->clk);
}
