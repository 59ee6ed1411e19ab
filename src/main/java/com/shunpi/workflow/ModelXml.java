package com.shunpi.workflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads models as plain XML: safely, and where the model API hides what stands there. */
final class ModelXml {

    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    /** Name of the extension property with the decision tables that a step of ours asks, separated by spaces. */
    static final String DECISIONS = "decisions";

    private ModelXml() {}

    static Document parse(byte[] xml) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All elements of the name, in whatever namespace; {@code *} for all. */
    static List<Element> elements(Document document, String localName) {
        NodeList found = document.getElementsByTagNameNS("*", localName);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The decision tables that service tasks name as theirs; none where the diagram is no XML. */
    static Set<String> decisionsAskedByCode(byte[] diagram) {
        try {
            return elements(parse(diagram), "property").stream()
                    .filter(property -> DECISIONS.equals(property.getAttribute("name")))
                    .flatMap(property ->
                            Arrays.stream(property.getAttribute("value").strip().split("\\s+")))
                    .filter(decision -> !decision.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (SAXException e) {
            return Set.of();
        }
    }
}
