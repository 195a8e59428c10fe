package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Builtins that ask what a replay cannot know. They end the evaluation instead of answering.
var outsideBuiltins = []string{"http.send", "net.lookup_ip_addr", "rand.intn", "opa.runtime"}

// Builtins whose answer depends on the time of the call.
var timeBuiltins = []string{"time.now_ns", "io.jwt.decode_verify", "crypto.x509.parse_and_verify_certificates"}

// guard says what the evaluation under way may ask; nil lets everything through (conformance).
var guard *guardState

type guardState struct {
	timeKnown bool
	asked     string // the builtin that ended it
}

func init() {
	for _, name := range outsideBuiltins {
		guardBuiltin(name, func(g *guardState) bool { return false })
	}
	for _, name := range timeBuiltins {
		guardBuiltin(name, func(g *guardState) bool { return g.timeKnown })
	}
}

func guardBuiltin(name string, allowed func(*guardState) bool) {
	original := topdown.GetBuiltin(name)
	topdown.RegisterBuiltinFunc(name, func(bctx topdown.BuiltinContext, args []*ast.Term, iter func(*ast.Term) error) error {
		if guard != nil && !allowed(guard) {
			guard.asked = name
			return topdown.Halt{Err: &topdown.Error{
				Code:     topdown.BuiltinErr,
				Message:  name + " asks for what is not recorded",
				Location: bctx.Location,
			}}
		}
		return original(bctx, args, iter)
	})
}
