// The command line of kubectl, as `k8s.io/kubernetes/cmd/kubectl` has it: that one would need all of Kubernetes.
package main

import (
	"os"

	"k8s.io/kubectl/pkg/cmd"

	// What its calls to logs and exec look for.
	_ "k8s.io/client-go/plugin/pkg/client/auth"
)

func main() {
	if err := cmd.NewDefaultKubectlCommand().Execute(); err != nil {
		os.Exit(1)
	}
}
