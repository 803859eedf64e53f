/* What the other path calls after it has given the thing back is none that gives it back. */
struct port;

int port_setup_tx(struct port *p);
void port_free_tx(struct port *p);
int port_setup_rx(struct port *p);
void port_free_rx(struct port *p);
int port_configure(struct port *p);
int port_start(struct port *p);
void port_stop(struct port *p);

int prepare_bad(struct port *p)
{
	int ret = port_setup_tx(p);

	if (ret)
		goto err_tx;
	ret = port_setup_rx(p);
	if (ret)
		goto err_rx;
	ret = port_configure(p);
	if (ret)
		goto err_rx;
	ret = port_start(p);
	if (ret)
		goto err_start;
	return 0;
err_start:
	port_free_rx(p);
err_rx:
	port_stop(p);
err_tx:
	port_free_tx(p);
	return ret; /* expect: leak/error-path other */
}

int prepare_ok(struct port *p)
{
	int ret = port_setup_tx(p);

	if (ret)
		goto err_tx;
	ret = port_setup_rx(p);
	if (ret)
		goto err_tx;
	ret = port_configure(p);
	if (ret)
		goto err_rx;
	ret = port_start(p);
	if (ret)
		goto err_rx;
	return 0;
err_rx:
	port_stop(p);
	port_free_rx(p);
err_tx:
	port_free_tx(p);
	return ret;
}

bool port_has_rx(struct port *p);

/* Whether it is there has been asked on this path, too. */
int prepare_asked_ok(struct port *p)
{
	int ret = port_setup_rx(p);

	if (ret)
		goto err_rx;
	ret = port_configure(p);
	if (ret)
		goto err_rx;
	return 0;
err_rx:
	if (port_has_rx(p))
		port_free_rx(p);
	port_stop(p);
	return ret;
}
