package main

import (
	"bytes"
	"encoding/json"
	"runtime/debug"
	"unsafe"
)

// The host writes into `inbox` and reads from `outbox`; both live until the next exchange.
var inbox, outbox []byte

func init() {
	// The module's memory cannot shrink: collect harder before it grows.
	debug.SetMemoryLimit(256 << 20)
}

//go:wasmexport alloc
func alloc(size uint32) uint32 {
	if uint32(cap(inbox)) < size || cap(inbox) > 1<<20 {
		inbox = make([]byte, max(size, 1024))
	}
	inbox = inbox[:size]
	return address(inbox)
}

// call answers the request in the inbox; the result packs address (high) and length (low).
//
//go:wasmexport call
func call() uint64 {
	outbox = dispatch(inbox)
	return packed()
}

// builtin runs one builtin for the fast lane; the inbox holds `name NUL arguments`, see builtin.go.
//
//go:wasmexport builtin
func builtin() uint64 {
	outbox = callBuiltin(inbox)
	return packed()
}

func packed() uint64 {
	return uint64(address(outbox))<<32 | uint64(len(outbox))
}

func address(b []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}

func encodeJSON(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
