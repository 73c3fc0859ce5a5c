// What helps where scripts run. Every page works without it.
import { offerCopies } from "./copy";
import { checkRequests } from "./csr";
import { toProblems } from "./problems";

offerCopies(document);
checkRequests(document);
toProblems();
