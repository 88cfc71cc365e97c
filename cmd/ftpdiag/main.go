package main

import (
	"context"
	"os"
)

func main() {
	ctx, release := untilSignal(context.Background())
	code := run(ctx, os.Args[1:], system())
	release()
	os.Exit(code)
}
