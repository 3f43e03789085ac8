"""What a run leaves for machines that watch over it: figures for Prometheus, a heartbeat, a ping."""
