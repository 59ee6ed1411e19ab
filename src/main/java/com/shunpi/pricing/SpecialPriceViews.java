package com.shunpi.pricing;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.Product;
import com.shunpi.shared.Money;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows requests to whoever asks, with what his role may see (A5), and to approvers what they need to judge (P7). */
@Component
@Transactional(readOnly = true)
class SpecialPriceViews {

    private final SpecialPrices specialPrices;
    private final PriceAgreements agreements;
    private final PastSales pastSales;
    private final MasterData masterData;
    private final Directory directory;
    private final CurrentActor actor;

    SpecialPriceViews(
            SpecialPrices specialPrices,
            PriceAgreements agreements,
            PastSales pastSales,
            MasterData masterData,
            Directory directory,
            CurrentActor actor) {
        this.specialPrices = specialPrices;
        this.agreements = agreements;
        this.pastSales = pastSales;
        this.masterData = masterData;
        this.directory = directory;
        this.actor = actor;
    }

    SpecialPriceView.Preview preview(SpecialPriceInput input) {
        return preview(specialPrices.question(input, actor.id()));
    }

    private SpecialPriceView.Preview preview(PriceQuestion question) {
        PricePreview.Preview preview = specialPrices.preview(question);
        Map<String, Product> products = products(question);
        List<SpecialPriceView.Line> lines = new ArrayList<>();
        BigDecimal amount = BigDecimal.ZERO;
        for (PriceQuestion.Line line : question.lines()) {
            lines.add(line(line, products, null, null, List.of()));
            amount = amount.add(Money.amount(
                    line.asked().multiply(BigDecimal.valueOf(line.priced().quantity()))));
        }
        List<SpecialPriceView.Step> steps = new ArrayList<>();
        for (PriceStep step : preview.steps()) {
            steps.add(new SpecialPriceView.Step(
                    steps.size() + 1,
                    step.roles().stream()
                            .map(role -> role(role, question.parties()))
                            .toList(),
                    String.join("；", step.reasons())));
        }
        return new SpecialPriceView.Preview(
                steps.isEmpty(),
                lines,
                Money.amount(amount).toPlainString(),
                steps,
                preview.hint().map(hint -> hint(hint, question)).orElse(null));
    }

    private SpecialPriceView.Hint hint(PricePreview.Hint hint, PriceQuestion question) {
        List<SpecialPriceView.Change> changes = new ArrayList<>();
        for (int i = 0; i < question.lines().size(); i++) {
            PriceQuestion.Line line = question.lines().get(i);
            if (hint.prices().get(i).compareTo(line.asked()) != 0) {
                changes.add(new SpecialPriceView.Change(
                        line.priced().productCode(),
                        line.asked().toPlainString(),
                        hint.prices().get(i).toPlainString()));
            }
        }
        String saved = names(hint.saved().roles());
        String text = changes.stream()
                        .map(change -> change.productCode() + " 单价提到 " + Money.text(new BigDecimal(change.to())))
                        .collect(Collectors.joining("，"))
                + "，可少一级审批（" + saved + "）"
                + (hint.left().isEmpty()
                        ? "，即时批准。"
                        : "，只需"
                                + hint.left().stream()
                                        .map(step -> names(step.roles()))
                                        .collect(Collectors.joining("、"))
                                + "。");
        return new SpecialPriceView.Hint(changes, saved, hint.left().size(), text);
    }

    private String names(List<String> roles) {
        return roles.stream().map(directory::groupNameOf).collect(Collectors.joining(" + "));
    }

    private SpecialPriceView.Role role(String role, java.util.Set<String> parties) {
        return new SpecialPriceView.Role(
                role,
                directory.groupNameOf(role),
                directory.membersOf(role).stream()
                        .filter(person -> !parties.contains(person.id()))
                        .map(Directory.Person::name)
                        .toList(),
                null,
                null,
                null,
                null,
                null);
    }

    SpecialPriceView view(String requestNumber) {
        SpecialPriceRequest request = specialPrices.request(requestNumber);
        Customer customer = masterData.customer(request.customerCode()).orElse(null);
        PriceQuestion question = specialPrices.question(request, request.lines(), actor.id());
        boolean draft = request.status() == SpecialPriceRequest.Status.DRAFT;
        return new SpecialPriceView(
                request.requestNumber(),
                request.kind().name().toLowerCase(),
                request.kind().label(),
                request.status().name().toLowerCase(),
                request.status().label(),
                request.orderNumber(),
                request.customerCode(),
                specialPrices.beneficiary(request),
                question.grades().stream().map(Enum::name).sorted().collect(Collectors.joining("、")),
                request.requestedBy(),
                directory.nameOf(request.requestedBy()),
                request.requestedAt(),
                request.submittedBy() == null ? null : directory.nameOf(request.submittedBy()),
                request.reason(),
                request.competitor(),
                request.validFrom(),
                request.validTo(),
                request.expectedVolume(),
                request.budget() == null ? null : request.budget().toPlainString(),
                SpecialPriceFacts.amount(request).toPlainString(),
                lines(request, customer, question),
                offer(request),
                steps(request),
                promises(request),
                draft ? preview(question) : null);
    }

    private List<SpecialPriceView.Line> lines(SpecialPriceRequest request, Customer customer, PriceQuestion question) {
        Map<String, Product> products = products(question);
        Map<String, PastSales.Sale> sales =
                customer == null ? Map.of() : pastSales.last(customer.code(), products.keySet());
        List<PriceAgreements.Agreement> others = question.grades().stream()
                .flatMap(grade ->
                        agreements
                                .ofClass(grade.name(), customer == null ? "" : customer.code(), products.keySet())
                                .stream())
                .toList();
        List<SpecialPriceView.Line> lines = new ArrayList<>();
        for (int i = 0; i < question.lines().size(); i++) {
            PriceQuestion.Line line = question.lines().get(i);
            lines.add(line(
                    line,
                    products,
                    request.requestLines().get(i),
                    sales.get(line.priced().productCode()),
                    others.stream()
                            .filter(other ->
                                    other.productCode().equals(line.priced().productCode()))
                            .toList()));
        }
        return lines;
    }

    private SpecialPriceView.Line line(
            PriceQuestion.Line line,
            Map<String, Product> products,
            SpecialPriceRequest.Line kept,
            PastSales.Sale last,
            List<PriceAgreements.Agreement> others) {
        PricedLine priced = line.priced();
        Product product = products.get(priced.productCode());
        boolean costs = actor.isInAny(Groups.COST_READERS);
        boolean changed = kept != null
                && (kept.requestedPrice().compareTo(priced.askedPrice()) != 0
                        || kept.requestedQuantity() != priced.quantity());
        return new SpecialPriceView.Line(
                priced.productCode(),
                product.name(),
                product.model(),
                priced.quantity(),
                priced.listPrice().toPlainString(),
                priced.customerPrice().toPlainString(),
                priced.askedPrice().toPlainString(),
                changed ? kept.requestedPrice().toPlainString() : null,
                changed ? kept.requestedQuantity() : null,
                kept == null || kept.offeredPrice() == null
                        ? null
                        : kept.offeredPrice().toPlainString(),
                kept == null ? null : kept.offeredQuantity(),
                SpecialPriceFacts.percent(line.depth()),
                costs ? line.costPrice().toPlainString() : null,
                costs ? SpecialPriceFacts.percent(line.margin()) : null,
                last == null
                        ? null
                        : new SpecialPriceView.LastSale(
                                last.orderNumber(), last.unitPrice().toPlainString(), last.quantity(), last.on()),
                others.stream()
                        .map(other -> new SpecialPriceView.Other(
                                other.customerName(),
                                other.floorPrice().toPlainString(),
                                other.remaining(),
                                other.validTo()))
                        .toList(),
                others.stream().anyMatch(other -> priced.askedPrice().compareTo(other.floorPrice()) < 0));
    }

    private SpecialPriceView.Offer offer(SpecialPriceRequest request) {
        if (request.status() != SpecialPriceRequest.Status.OFFERED) {
            return null;
        }
        return request.approvals().stream()
                .filter(approval -> approval.state() == SpecialPriceApproval.State.COUNTERED
                        && approval.roundNumber() == request.roundNumber())
                .findFirst()
                .map(approval -> new SpecialPriceView.Offer(
                        request.offeredFrom(),
                        request.offeredTo(),
                        directory.nameOf(approval.decidedBy()),
                        approval.comment()))
                .orElse(null);
    }

    private List<SpecialPriceView.Step> steps(SpecialPriceRequest request) {
        Map<Integer, List<SpecialPriceApproval>> byStep = request.currentRound().stream()
                .collect(Collectors.groupingBy(SpecialPriceApproval::stepNumber, TreeMap::new, Collectors.toList()));
        List<SpecialPriceView.Step> steps = new ArrayList<>();
        byStep.forEach((number, approvals) -> steps.add(new SpecialPriceView.Step(
                number,
                approvals.stream().map(approval -> role(approval, request)).toList(),
                approvals.get(0).reasons())));
        return steps;
    }

    private SpecialPriceView.Role role(SpecialPriceApproval approval, SpecialPriceRequest request) {
        SpecialPriceView.Role role = role(approval.role(), request.parties());
        return new SpecialPriceView.Role(
                role.group(),
                role.name(),
                approval.isPending() ? role.people() : null,
                approval.state().name().toLowerCase(),
                approval.state().label(),
                approval.decidedBy() == null ? null : directory.nameOf(approval.decidedBy()),
                approval.decidedAt(),
                approval.comment());
    }

    /** What the customer really bought against what was agreed before. */
    private List<SpecialPriceView.Promise> promises(SpecialPriceRequest request) {
        if (request.customerCode() == null) {
            return List.of();
        }
        return agreements.find(request.customerCode(), null).stream()
                .filter(agreement -> !agreement.requestNumber().equals(request.requestNumber()))
                .limit(20)
                .map(agreement -> new SpecialPriceView.Promise(
                        agreement.requestNumber(),
                        agreement.productCode(),
                        agreement.floorPrice().toPlainString(),
                        agreement.quantity(),
                        agreement.drawn(),
                        agreement.expectedVolume(),
                        agreement.validFrom(),
                        agreement.validTo()))
                .toList();
    }

    private Map<String, Product> products(PriceQuestion question) {
        return masterData.products(question.lines().stream()
                .map(line -> line.priced().productCode())
                .distinct()
                .toList());
    }
}
