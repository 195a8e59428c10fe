package main

// budget stops a runaway evaluation: OPA asks Cancelled before every expression and inside builtins that
// loop, so that counting the questions counts steps, whatever the machine.
type budget struct {
	left    int
	stopped bool
}

func (b *budget) Cancel() { b.stopped = true }

func (b *budget) Cancelled() bool {
	if b.left--; b.left < 0 {
		b.stopped = true
	}
	return b.stopped
}
